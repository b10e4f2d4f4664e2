"""The booklet seen while it is written: real pages in the browser that follow the files."""
