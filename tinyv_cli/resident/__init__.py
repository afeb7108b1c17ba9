"""The resident verifier: one process of a machine that judges what all others ask it, one answer at a time.

A reward is asked for off the main thread, in many processes, from scripts that may lack a guard around their
main part. So rule, proofs and model live in a process of their own (`service`, `door`), started by whoever
needs it first and by nothing of the caller's script (`place`); the others talk to it over a private socket
(`client`). It ends with the last of them.
"""
