extension ProbeOptions {
    /// Replaces the path of a probe's command; a program that is looked for in `PATH` has none.
    public mutating func resolveCommand(_ resolve: (String) -> String) {
        guard case .command(var words, let gauges) = source, let program = words.first, program.contains("/") else {
            return
        }
        words[0] = resolve(program)
        source = .command(words, gauges: gauges)
    }
}
