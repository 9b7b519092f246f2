"""Questions in Korean and English, matched to named queries with their parameters filled."""
