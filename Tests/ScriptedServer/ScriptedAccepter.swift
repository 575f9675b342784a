import EventLoop
import Glibc
import Synchronization

/// The part of a scripted server that its threads hold on to.
final class ScriptedAccepter: Sendable {
    /// The most connections of one server; more are a mistake of the test.
    static let mostConnections = 512
    /// How long a wait for a connection lasts before the stop is looked at, in milliseconds.
    private static let lookEvery: Int32 = 5

    private let listener: Int32
    private let script: @Sendable (ScriptedConnection) throws -> ScriptedServer.Seen?
    private let isStopped = Atomic<Bool>(false)
    private let observations = Locked<[ScriptedServer.Seen]>([])

    init(_ listener: Int32, _ script: @escaping @Sendable (ScriptedConnection) throws -> ScriptedServer.Seen?) {
        self.listener = listener
        self.script = script
    }

    /// What the scripts that have ended told so far.
    var seen: [ScriptedServer.Seen] { observations.withLock { $0 } }

    /// Ends ``run()`` once no connection waits and all scripts have ended.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Accepts until it is stopped.
    func run() {
        var threads: [OperatingSystemThread] = []
        while true {
            // What connected before the stop is still served.
            let isLast = isStopped.load(ordering: .relaxed)
            var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            if poll(&entry, 1, Self.lookEvery) == 1, let descriptor = try? Socket.accept(listener) {
                guard let thread = try? OperatingSystemThread(name: "script", run: { self.serve(descriptor) }) else {
                    preconditionFailure("the system has no thread left")
                }
                threads.append(thread)
                precondition(threads.count <= Self.mostConnections)
            } else if isLast {
                break
            }
        }
        for thread in threads { thread.join() }
        Socket.close(listener)
    }

    private func serve(_ descriptor: Int32) {
        let connection = ScriptedConnection(descriptor)
        defer { connection.close() }
        do {
            if let seen = try script(connection) { note(seen) }
        } catch {
            note(ScriptedServer.Seen(ending: (error as? ScriptedError)?.reason ?? "\(error)"))
        }
    }

    private func note(_ seen: ScriptedServer.Seen) { observations.withLock { $0.append(seen) } }
}
