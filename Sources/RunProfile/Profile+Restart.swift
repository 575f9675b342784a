extension Profile {
    /// Whether the server may be restarted while the load goes on: the bundled one, or by a command.
    public var mayRestartServer: Bool { reference.restart != nil || !exec.during.isEmpty }
}
