"""Text as Haoke compares, searches and sorts it: folding, segmentation, pinyin, phones and mail addresses."""
