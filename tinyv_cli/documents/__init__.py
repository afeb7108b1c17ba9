"""What is written and read again: annotated files, labels by hand, calibrations, and how they came about."""
