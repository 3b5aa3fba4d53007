"""Request and offer tables as CSV and XLSX: templates out, words in, every fault by its cell.

Also tables of any kind out, as a stream.
"""
