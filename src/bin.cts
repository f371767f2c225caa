#!/usr/bin/env node
// What is set here must be set before Node reads its first file in the background, which it does for every ES module: so
// this one is CommonJS.

// Threads for files and pictures. Each keeps memory of its own that it rarely gives back: with the usual four a run takes
// some 60 MB more, and no less time.
process.env.UV_THREADPOOL_SIZE ??= '2'

void import('./cli.js')
