import EventLoop
import Glibc
import TestTurns
import Testing
import Transport
import Vocabulary

/// Streams that resume the session of an earlier one.
@Suite(Turn.sideBySide) struct ResumptionTests {
    static let versions = [TLSClientContext.Version.tls12, .tls13]

    private let server: TLSServerContext

    init() throws { server = try TLSServerContext(SelfSignedCertificate()) }

    private func context(_ version: TLSClientContext.Version, resume: Bool = true) throws -> TLSClientContext {
        var options = TLSClientContext.Options()
        options.verify = false
        options.resume = resume
        options.minimumVersion = version
        options.maximumVersion = version
        return try TLSClientContext(serverName: "localhost", options: options)
    }

    /// Goes through a handshake and reads the tickets that come after it.
    ///
    /// - Returns: whether the client took the session for a resumed one.
    private func connect(
        _ context: TLSClientContext,
        _ cache: TLSSessionCache,
        ending: (ByteStream) -> Void = { $0.close() }
    ) throws -> Bool {
        let pair = try Pair(tls: context, resuming: cache)
        let accepted = try ByteStream.accepted(pair.accepted, tls: server)
        defer { accepted.close() }
        let result = try pair.shake(with: accepted)
        #expect(result.client == .established && result.server == .established)
        var byte: [UInt8] = [1]
        #expect(byte.withUnsafeBytes { accepted.write($0) } == .bytes(1))
        try Pair.wait(pair.client.descriptor, for: POLLIN)
        #expect(byte.withUnsafeMutableBytes { pair.client.read(into: $0) } == .bytes(1))
        let isResumed = pair.client.isResumed
        ending(pair.client)
        return isResumed
    }

    /// However the one before ended: at once, with close_notify, or with a RST.
    @Test(arguments: versions)
    func theNextStreamResumes(version: TLSClientContext.Version) throws {
        let context = try context(version)
        let cache = TLSSessionCache()
        #expect(cache.isEmpty)
        #expect(try !connect(context, cache))
        #expect(!cache.isEmpty)
        for manner in [Manner.fin, .closeNotify, .rst, .fin] {
            #expect(try connect(context, cache) { _ = try? $0.drop(manner) })
        }
    }

    /// Without new tickets in between, as for streams that are dropped before they are read.
    @Test(arguments: versions)
    func oneTicketServesManyStreams(version: TLSClientContext.Version) throws {
        let context = try context(version)
        let cache = TLSSessionCache()
        #expect(try !connect(context, cache))
        for _ in 0..<4 {
            let pair = try Pair(tls: context, resuming: cache)
            let accepted = try ByteStream.accepted(pair.accepted, tls: server)
            #expect(try pair.shake(with: accepted).client == .established)
            #expect(pair.client.isResumed)
            pair.client.close()
            accepted.close()
        }
    }

    /// A session must not be resumed after a fatal alert (RFC 5246, 7.2.2).
    @Test func aFatalAlertSpoilsItsSession() throws {
        let context = try context(.tls12)
        let cache = TLSSessionCache()
        #expect(try !connect(context, cache) { _ = try? $0.drop(.alert) })
        #expect(try !connect(context, cache))
        #expect(try connect(context, cache))
    }

    @Test(arguments: versions)
    func withoutTheOptionNothingIsKept(version: TLSClientContext.Version) throws {
        let context = try context(version, resume: false)
        let cache = TLSSessionCache()
        for _ in 0..<2 { #expect(try !connect(context, cache)) }
        #expect(cache.isEmpty)
    }

    @Test(arguments: versions)
    func anotherServerMakesAFullHandshake(version: TLSClientContext.Version) throws {
        let context = try context(version)
        let cache = TLSSessionCache()
        #expect(try !connect(context, cache))
        let other = try ResumptionTests()
        #expect(try !other.connect(context, cache))
        #expect(try other.connect(context, cache))
    }

    /// In TLS 1.2 the server sends its Finished first, and the client's is what is withheld.
    @Test(arguments: versions, [Stage.tlsHelloPartial, .tlsHelloSent, .tlsHelloReceived, .tlsFinishedWithheld])
    func stagesStayExact(version: TLSClientContext.Version, stop: Stage) throws {
        let context = try context(version)
        let cache = TLSSessionCache()
        #expect(try !connect(context, cache))
        let pair = try Pair(tls: context, resuming: cache, stop: stop)
        let accepted = try ByteStream.accepted(pair.accepted, tls: server)
        let result = try pair.shake(with: accepted)
        #expect(result.client == .stopped)
        #expect(accepted.handshake() == .wouldBlock, "the server waits for the rest")
        #expect(!pair.client.isResumed)
        #expect(Pair.arrived(pair.accepted).isEmpty, "nothing may follow what the stage allows")
        if stop == .tlsFinishedWithheld {
            #expect(Pair.arrived(pair.client.descriptor).isEmpty, "the whole flight must have been read")
        }
        pair.client.close()
        accepted.close()
    }
}
