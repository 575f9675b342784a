import Vocabulary

/// One thing that the fuzzer tries: the steps of one or several clients.
public struct FuzzCase: Equatable, Sendable {
    /// What it mutates.
    public var kind: CaseKind
    /// In which order the steps of different clients are carried out.
    public var order: CaseOrder
    /// The steps, in order.
    public var steps: [Step]

    init(_ kind: CaseKind, order: CaseOrder = .sequence, steps: [Step]) {
        self.kind = kind
        self.order = order
        self.steps = steps
    }

    /// The clients whose steps these are, in the order of their first steps.
    var clients: [Int] {
        var clients: [Int] = []
        for step in steps where !clients.contains(step.client) { clients.append(step.client) }
        return clients
    }

    /// Whether a client stops reading at some step, so that its socket is to buffer little.
    func stalls(_ client: Int) -> Bool { steps.contains { $0.client == client && $0.action == .stall } }
}

/// What a case mutates.
public enum CaseKind: String, CaseIterable, Codable, Sendable {
    /// The bytes of requests, and how they are delivered.
    case wire
    /// The order of what clients do: connect, subscribe, publish, drop.
    case state
    /// TLS records and handshake messages.
    case tls
}

/// In which order the steps of different clients are carried out.
public enum CaseOrder: String, CaseIterable, Sendable {
    /// One after the other, as they are written.
    case sequence
    /// Those of one client one after the other, those of different clients at the same time.
    case race
}

/// One step of one client.
public struct Step: Equatable, Sendable {
    /// The client, counted from 0; its letter in a replay file is `a` for 0.
    var client: Int
    /// What it does.
    var action: Action

    init(_ client: Int, _ action: Action) {
        self.client = client
        self.action = action
    }
}

/// What a client does in a step.
enum Action: Equatable, Sendable {
    /// Opens a connection; a TLS one is taken to a stage of its handshake, or through it.
    case connect(Channel, stop: Stage? = nil)
    /// Sends bytes, at most so many with one write; nil for all at once.
    case send([UInt8], pieces: Int? = nil)
    /// Sends bytes to the socket itself, beneath any TLS.
    case inject([UInt8])
    /// Reads until something has come, or a time is up, in ns.
    case expect(Awaited, Nanoseconds)
    /// Lets time pass, in ns.
    case pause(Nanoseconds)
    /// Reads no more until the case's end.
    case stall
    /// Ends the connection, or its write side.
    case drop(Manner)
    /// Connects and asks for a stream.
    case open(Opening)
    /// Adds topics to the client's stream, by a request of its own.
    case subscribe([String])
    /// Takes topics from the client's stream, by a request of its own.
    case unsubscribe([String])
    /// Publishes to a topic, by a request of its own.
    case publish(Publication)
}

/// How a client connects.
enum Channel: String, CaseIterable, Sendable {
    /// To the plain port.
    case plain
    /// To the TLS port, with a handshake.
    case tls
    /// To the TLS port, without a handshake: what is sent are the bytes of TLS records.
    case raw
}

/// What a client waits for.
enum Awaited: String, CaseIterable, Sendable {
    /// Nothing but that its request is with the kernel.
    case sent
    /// A response's head.
    case head
    /// A whole response, or an event.
    case answer
    /// An event.
    case event
    /// The connection's end.
    case end
}

/// How a stream is asked for.
struct Opening: Equatable, Sendable {
    /// The topics, as they are written into the request.
    var topics: [String] = []
    /// The last event that the client says it has seen.
    var resumption: Resumption?
    /// How it connects.
    var channel = Channel.plain
    /// What is waited for.
    var until = Awaited.event
}

/// The last event ID that a client sends.
enum Resumption: Equatable, Sendable {
    /// The last but one that a client of the case was sent.
    case client(Int)
    /// The last but one that the canaries were sent.
    case canary
    /// A text.
    case text(String)
}

/// What is published.
struct Publication: Equatable, Sendable {
    /// The topic, as it is written into the request.
    var topic: String
    /// What follows the stamp in the event's data.
    var text = ""
    /// Bytes that the data is filled up to with the letter x; 0 for none.
    var size = 0
    /// How often it is published, one after the other.
    var times = 1

    /// The data, with the stamp of its topic.
    func data(stamp: Stamp) -> [UInt8] {
        var bytes = stamp.bytes + Array(text.utf8)
        if bytes.count < size { bytes += [UInt8](repeating: UInt8(ascii: "x"), count: size - bytes.count) }
        return bytes
    }
}
