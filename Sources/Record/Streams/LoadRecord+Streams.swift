extension LoadRecord {
    /// Adds what another recorded of streams that are looked at more closely.
    mutating func mergeStreams(_ other: LoadRecord) {
        if let others = other.streams { if streams?.merge(others) == nil { streams = others } }
        if let others = other.slowReaders { if slowReaders?.merge(others) == nil { slowReaders = others } }
        if let others = other.slowNeighbours { if slowNeighbours?.merge(others) == nil { slowNeighbours = others } }
        if let others = other.silences { silences = CommonSilence.merged(silences ?? [], others) }
        if let others = other.serverClock { if serverClock?.merge(others) == nil { serverClock = others } }
    }
}
