// Preloaded by bench/commands.mjs: tells the peak memory of the process on its way out.
process.on('exit', () => process.stderr.write(`peak-rss-kb ${process.resourceUsage().maxRSS}\n`));
