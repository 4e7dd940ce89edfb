// Preloaded into a measured process: what it took, on standard error when it ends.
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  process.stderr.write(
    `\nusage ${JSON.stringify({ cpuMs: (user + system) / 1_000, peakMiB: maxRSS / 1_024 })}\n`,
  );
});
