"""What each command means: pure functions from a command and the board to facts, or a refusal."""
