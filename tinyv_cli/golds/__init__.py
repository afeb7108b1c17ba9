"""Every gold of a dataset against itself: what no response can match, and questions with golds that conflict.

A gold that the rule does not accept as an answer to itself brings no reward, however good the response.
"""
