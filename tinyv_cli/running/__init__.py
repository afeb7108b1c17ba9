"""How work is done: in killable workers, each distinct case once, within disk and memory."""
