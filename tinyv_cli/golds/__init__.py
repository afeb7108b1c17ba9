"""The golds of a dataset before anybody trains on them: what is bad for everybody, or of no use with a rule.

Each is put to the rule as an answer to itself, and compared with those of the question's other rows, and with
what most replies say where there are replies.
"""
