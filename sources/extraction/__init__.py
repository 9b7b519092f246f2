"""Extraction: from the normal form of a document to a draft with spans, confidence and reasons.

The extractor never reads the registers of agreements, signatures and partnerships: it would know
the answers.
"""
