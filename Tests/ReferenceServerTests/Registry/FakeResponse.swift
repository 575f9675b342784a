import EventLoop
import HTTP

@testable import ReferenceServer

/// A response whose connection closes at a chosen moment.
final class FakeResponse: ServerResponse {
    /// When the connection closes.
    enum CloseMoment: String, CaseIterable, Sendable {
        case beforeRegistration
        case whileHandlerIsRegistered
        case whileHeadIsWritten
        case whileFirstEventIsWritten
        case never
    }

    private struct State {
        var isClosed: Bool
        var isEnded = false
        var closeHandlers: [@Sendable () -> Void] = []
        var heads = 0
        var written: [[UInt8]] = []
    }

    private let moment: CloseMoment
    private let state: Locked<State>

    init(closing moment: CloseMoment = .never) {
        self.moment = moment
        state = Locked(State(isClosed: moment == .beforeRegistration))
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
    var isEnded: Bool { state.withLock { $0.isEnded } }
    var heads: Int { state.withLock { $0.heads } }
    var written: [String] { state.withLock { $0.written.map { String(decoding: $0, as: UTF8.self) } } }

    func close() {
        let handlers = state.withLock { state in
            defer { state.closeHandlers = [] }
            state.isClosed = true
            return state.closeHandlers
        }
        for handler in handlers { handler() }
    }

    func onClose(_ handler: @escaping @Sendable () -> Void) {
        state.withLock { if !$0.isClosed { $0.closeHandlers.append(handler) } }
        if moment == .whileHandlerIsRegistered { close() }
    }

    func writeHead(status: Int, fields: [HTTPField]) {
        state.withLock { $0.heads += 1 }
        if moment == .whileHeadIsWritten { close() }
    }

    func write(_ bytes: EventBytes) -> Bool {
        let isOpen = state.withLock { state in
            guard !state.isClosed, !state.isEnded else { return false }
            state.written.append(bytes.body)
            return true
        }
        if moment == .whileFirstEventIsWritten { close() }
        return isOpen
    }

    func end() { state.withLock { $0.isEnded = true } }
}
