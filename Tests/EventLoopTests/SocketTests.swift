import EventLoop
import TestTurns
import Testing

@Suite(Turn.sideBySide) struct SocketTests {
    @Test func connectsOverTheLoopFromASourceOfItsOwn() throws {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)))
        defer { Socket.close(listener) }
        let address = try Socket.localAddress(listener)
        let source = try #require(SocketAddress("127.0.5.9", port: 0))
        let client = try Socket.connect(to: address, from: source)
        defer { Socket.close(client) }
        let loop = try EventLoop()
        try loop.add(client, for: .writable, token: 42)
        var token: UInt64?
        try loop.turn(until: MonotonicClock.now() + 5_000_000_000) { occurrence in
            if case .ready(let ready, let readiness) = occurrence, readiness.contains(.writable) { token = ready }
        }
        #expect(token == 42)
        #expect(Socket.pendingError(client) == nil)
        #expect(try Socket.localAddress(client).description.hasPrefix("127.0.5.9:"))
    }

    @Test func aRefusedConnectionNamesItsError() throws {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)))
        let address = try Socket.localAddress(listener)
        Socket.close(listener)
        let client = try Socket.connect(to: address)
        defer { Socket.close(client) }
        let loop = try EventLoop()
        try loop.add(client, for: .writable, token: 1)
        try loop.turn(until: MonotonicClock.now() + 5_000_000_000) { _ in }
        #expect(Socket.pendingError(client)?.name == "ECONNREFUSED")
    }

    @Test func aWakeFromAnotherThreadEndsTheWait() throws {
        let loop = try EventLoop()
        let thread = try OperatingSystemThread(name: "waker") { loop.wake() }
        var woken = false
        try loop.turn(until: MonotonicClock.now() + 30_000_000_000) { if case .woken = $0 { woken = true } }
        thread.join()
        #expect(woken)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.8.7", true), ("10.0.0.1", false), ("::1", true), ("2001:db8::1", false),
    ])
    func knowsLoopback(text: String, isLoopback: Bool) throws {
        #expect(try #require(SocketAddress(text, port: 80)).isLoopback == isLoopback)
    }

    @Test func addressesAreWrittenAsTheyAreRead() {
        #expect(SocketAddress("127.0.0.1", port: 8080)?.description == "127.0.0.1:8080")
        #expect(SocketAddress("::1", port: 443)?.description == "[::1]:443")
        #expect(SocketAddress("localhost", port: 1) == nil)
    }
}
