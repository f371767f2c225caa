// The report's own script: without it the page can be read, with it the page can be worked.
