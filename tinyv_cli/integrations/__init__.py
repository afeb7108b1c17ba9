"""Adapters: what each framework calls, in its own signature, over one `Verifier` in each process.

An adapter is imported by its framework's name and imports that itself only where it must. Each takes the
options of `Verifier`; what none is given for, settings say. What has no verdict is never a 0 where the
framework has another word for it.
"""
