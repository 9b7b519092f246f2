"""Speed and memory, measured side by side as ratios. Run all: `python -m benchmarks`."""
