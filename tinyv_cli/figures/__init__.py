"""What all features make their figures of: statistics, measures, tables, charts and pages."""
