import Vocabulary

extension HeartbeatRecord {
    /// How far apart the quiet lives of streams may be and still be those of one timer, as a share of the longest.
    ///
    /// Servers look at their timers every now and then, so that some streams live longer than the timeout.
    public static let commonLifeSpread = 0.25

    /// Streams that the server ended while they were quiet, and of which nothing else tells why.
    ///
    /// A stream that was ended at the same age as all others, or in the same instant, was quiet by chance.
    public var endedForSilence: UInt64 {
        guard let ended, ended.orderly != nil || ended.cut != nil else { return disconnectedWhileQuiet }
        return [ended.orderly, ended.cut].compactMap(\.self).reduce(0) { sum, group in
            switch group.cause {
            case .age, .together: sum
            case .silence, nil: sum.saturatingAdding(group.quiet)
            }
        }
    }

    /// The server's inactivity timeout, as its ends of quiet streams tell it.
    ///
    /// - Returns: the timeout in ns, with the streams that it was told from; nil where no quiet stream was ended, or
    ///   they were ended after times that no one timer explains.
    public var commonQuietLife: InactivityRecord? {
        guard endedForSilence > 0, let quietLives, let longest = quietLives.value(atPercentile: 99),
            let shortest = quietLives.value(atPercentile: 1),
            Double(shortest) >= Double(longest) * (1 - Self.commonLifeSpread)
        else { return nil }
        return InactivityRecord(timeout: longest, discoveredFrom: quietLives.count)
    }
}
