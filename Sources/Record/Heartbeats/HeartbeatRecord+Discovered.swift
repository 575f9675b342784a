extension HeartbeatRecord {
    /// What is most likely the server's heartbeat; nil where one was expected, and where nothing came regularly.
    ///
    /// Comments come first, as they are made for it, then what clients are not told of, then events of a name; bytes of
    /// any kind are the last resort.
    public var discoveredBeat: DiscoveredBeat? {
        for kind in DiscoveredBeat.Kind.allCases {
            let regular = discovered?.filter { $0.kind == kind && $0.period != nil } ?? []
            if let beat = regular.max(by: { $0.streams < $1.streams }) { return beat }
        }
        return nil
    }
}
