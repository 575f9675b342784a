import EventLoop
import EventStream
import HTTP
import Synchronization

/// The response of one connection, as the registries see it; hands its writes to the socket thread.
final class StreamResponse: ServerResponse {
    private struct State {
        /// Whether the connection is gone, as far as the registries can know.
        var isClosed = false
        /// Whether the connection is gone.
        var isGone = false
        /// What is given back when it goes.
        var slot: ConnectionSlot?
        var isEnded = false
        var head: [UInt8]?
        var isStarted = false
        var closeHandlers: [@Sendable () -> Void] = []
        /// Whether something was written after the connection had gone.
        var hasWrittenInVain = false
    }

    private let state = Locked(State())
    private let token: ConnectionToken
    /// False for an HTTP/1.0 client, whose body ends with the connection.
    let isChunked: Bool
    /// Whether the client has asked that the connection be closed afterwards.
    private let closes: Bool
    private let faults: Faults
    private let outbox: Outbox

    init(token: ConnectionToken, isChunked: Bool, closes: Bool, faults: Faults, outbox: Outbox) {
        self.token = token
        self.isChunked = isChunked
        self.closes = closes
        self.faults = faults
        self.outbox = outbox
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func onClose(_ handler: @escaping @Sendable () -> Void) {
        state.withLock { if !$0.isClosed { $0.closeHandlers.append(handler) } }
    }

    /// Calls the close handlers; on the socket thread, at the moment it notices the close.
    func connectionClosed() {
        let (handlers, slot) = state.withLock { state -> ([@Sendable () -> Void], ConnectionSlot?) in
            state.isGone = true
            let slot = exchange(&state.slot, with: nil)
            guard !faults.noticesAtSecondWrite else { return ([], slot) }
            state.isClosed = faults.noticesCloses
            return (exchange(&state.closeHandlers, with: []), slot)
        }
        slot?.giveBack()
        if faults.noticesCloses { for handler in handlers { handler() } }
    }

    /// Takes care of a slot, which is given back when the connection is gone.
    func hold(_ slot: ConnectionSlot) {
        let isGone = state.withLock { state in
            if !state.isGone { state.slot = slot }
            return state.isGone
        }
        if isGone { slot.giveBack() }
    }

    /// The bytes of a piece as they are sent to this client.
    func piece(of bytes: EventBytes) -> [UInt8] { isChunked ? bytes.chunk : bytes.body }

    func writeHead(status: Int, fields: [HTTPField]) {
        var framing = isChunked ? [HTTPField("Transfer-Encoding", "chunked")] : []
        if closes || !isChunked { framing.append(HTTPField("Connection", "close")) }
        let head = ServerHead.bytes(status: status, fields: fields + framing)
        state.withLock { $0.head = head }
    }

    @discardableResult
    func write(_ bytes: EventBytes) -> Bool {
        if faults.noticesAtSecondWrite { noticeInVain() }
        let piece = piece(of: bytes)
        let head: [UInt8]?? = state.withLock { state in
            guard !state.isClosed, !state.isEnded else { return nil }
            state.isStarted = true
            return .some(exchange(&state.head, with: nil))
        }
        guard let head else { return false }
        outbox.send(.event(token, head.map { $0 + piece } ?? piece, headBytes: head?.count ?? 0))
        return true
    }

    /// Lets the first write after the end pass, and takes the second one for what the end is known by.
    private func noticeInVain() {
        let handlers: [@Sendable () -> Void] = state.withLock { state in
            guard state.isGone, !state.isClosed else { return [] }
            guard exchange(&state.hasWrittenInVain, with: true) else { return [] }
            state.isClosed = true
            return exchange(&state.closeHandlers, with: [])
        }
        for handler in handlers { handler() }
    }

    func end() {
        let isStarted: Bool? = state.withLock { state in
            defer { state.isEnded = true }
            return state.isClosed || state.isEnded ? nil : state.isStarted
        }
        guard let isStarted else { return }
        var last: [UInt8] = []
        if isStarted, isChunked { ChunkedEncoder.appendLastChunk(to: &last) }
        outbox.send(.end(token, last))
    }
}

/// Puts a value in the place of another, which is returned.
private func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
    let old = place
    place = value
    return old
}

/// The slots of the streams that may be open at a time.
final class ConnectionSlots: Sendable {
    private let free: Atomic<Int>
    private let metrics: ServerMetrics

    init(limit: Int, metrics: ServerMetrics) {
        free = Atomic(limit)
        self.metrics = metrics
    }

    /// Takes a slot.
    ///
    /// - Returns: nil where none is free.
    func take() -> ConnectionSlot? {
        guard free.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 else {
            free.wrappingAdd(1, ordering: .relaxed)
            return nil
        }
        metrics.slots.add()
        return ConnectionSlot(of: self)
    }

    func giveBack() {
        free.wrappingAdd(1, ordering: .relaxed)
        metrics.slots.add(-1)
    }
}

/// A slot that a stream has taken.
final class ConnectionSlot: Sendable {
    private let slots: ConnectionSlots
    private let isGivenBack = Atomic<Bool>(false)

    init(of slots: ConnectionSlots) { self.slots = slots }

    /// Gives the slot back; nothing where that is done.
    func giveBack() {
        if !isGivenBack.exchange(true, ordering: .relaxed) { slots.giveBack() }
    }
}
