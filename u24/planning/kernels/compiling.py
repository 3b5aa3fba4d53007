"""How the loops are compiled: once, kept on disk, without the interpreter's lock.

The loops allocate nothing, so that reference counting can be left out: with it, passing
some forty arrays along costs most of the time to compile and a good part of the time to run.
"""

from numba import njit

# Called from Python.
entry = njit(cache=True, nogil=True, _nrt=False, no_cfunc_wrapper=True)
# Called from other loops only: no way in from Python is made, which is slow to compile.
inner = njit(cache=True, nogil=True, _nrt=False, no_cfunc_wrapper=True, no_cpython_wrapper=True)
