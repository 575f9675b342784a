import Vocabulary

/// A group of connections that behave alike.
public struct Scenario: Equatable, Sendable {
    /// How a scenario of the bundled server connects.
    public enum Transport: String, CaseIterable, Sendable {
        /// Without TLS.
        case plain
        /// With TLS.
        case tls
    }

    /// The name, unique in the profile.
    public var name: String
    /// How many connections are started, in all.
    public var connections: Int
    /// When they start.
    public var arrival = Arrival.atOnce
    /// How long a stream stays open from its response head; nil where the scenario drops.
    public var hold: Nanoseconds?
    /// How closed streams come back; nil where they do not, and where the scenario drops.
    public var reconnect: ReconnectOptions?
    /// Where, how and when connections are dropped; nil where the scenario holds.
    public var drop: DropOptions?
    /// How long each connection may take to its open stream, or to its stage.
    public var timeout: Nanoseconds = 10 * .perSecond
    /// The transport, with the bundled server; with any other the address says it.
    public var transport = Transport.plain
    /// An address of its own in place of the target's.
    public var url: TargetURL?
    /// A path of its own at the bundled server, in place of the target's; nil for the target's.
    public var path: String?
    /// The addresses to connect from, of one family, used in turn; empty for a choice by the target and the number of
    /// connections.
    public var sources: [AddressRange] = []
    /// How long after the load's start its arrivals begin.
    public var start: Nanoseconds = 0
    /// How its streams are read.
    public var read = ReadPace.full
    /// The most that the kernel may receive ahead of the reader, in bytes; nil for the kernel's choice.
    public var receiveBuffer: Int?
    /// What it asks otherwise than the target says.
    public var request = RequestOptions()
    /// What it looks for in its events.
    public var stream = StreamOptions()

    /// Whether each of its streams is followed: its events are counted, and the time between them.
    public var followsStreams: Bool { stream.until != nil || stream.tokens != nil || drop?.events != nil }

    /// A scenario with defaults for all but its name and size.
    public init(name: String, connections: Int) {
        self.name = name
        self.connections = connections
    }
}
