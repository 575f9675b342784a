import EventLoop
import HTTP
import Record
import Synchronization
import Transport
import Vocabulary

/// How errors looked: noted as they happen, with a sample of the answer once for each kind.
extension Worker {
    /// Ends a connection whose response head begins no event stream.
    ///
    /// The first of its kind is read on for a moment, to show what the server said.
    ///
    /// - Parameter rest: what came behind the head.
    func refuse(_ slot: Int, _ name: String, _ head: HTTPResponseHead, rest: UnsafeRawBufferPointer) {
        let connection = slab.base + slot
        let scenario = Int(connection.pointee.scenario)
        guard answerReading == nil, !connection.pointee.isAway,
            shares[scenario].errorFaces?.hasAnswer(name) != true
        else { return fail(slot, name) }
        let isHead = scenarios[scenario].endpoint.isHead
        var reading = AnswerReading(head, name: name, slot: slot, moment: moment, isHead: isHead)
        reading.take(rest)
        answerReading = reading
        connection.pointee.phase = .refused
        loop.timers.set(slot + 1, at: loop.turnStarted + AnswerReading.longestWait)
        readAnswer(slot)
    }

    /// Reads what has come of an answer that is an error.
    func readAnswer(_ slot: Int) {
        while let reading = answerReading, reading.slot == slot, !reading.isComplete {
            switch slab.base[slot].stream.read(into: buffer) {
            case .bytes(let count): answerReading?.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            case .wouldBlock: return
            case .end, .failed: return endAnswer(slot)
            }
        }
        endAnswer(slot)
    }

    /// Ends a connection whose answer, an error, has been read.
    func endAnswer(_ slot: Int) {
        guard let reading = answerReading, reading.slot == slot else {
            preconditionFailure("a refused connection is read")
        }
        answerReading = nil
        let sample = reading.sample(answering: request(slot))
        // The error happened as the head came.
        moment = reading.moment
        fail(slot, reading.name, answer: sample)
    }

    /// The present moment as an error of a slot's connection.
    func occurrence(_ slot: Int) -> ErrorFaces.Occurrence {
        let connection = slab.base + slot
        let isReturn = connection.pointee.isAway
        let uses = cookieUses[Int(connection.pointee.scenario)]
        return occurrence(
            stage: connection.pointee.stage,
            scheduled: connection.pointee.scheduled,
            position: isReturn ? nil : UInt64(connection.pointee.index),
            sharesCookie: uses.isShared(cookie(slot))
        )
    }

    /// The present moment as an error of a connection.
    func occurrence(
        stage: Stage,
        scheduled: Nanoseconds,
        position: UInt64?,
        sharesCookie: Bool?
    ) -> ErrorFaces.Occurrence {
        let now = max(moment, scheduled)
        return ErrorFaces.Occurrence(
            stage: stage,
            age: now - scheduled,
            time: elapsed(since: started).inSeconds,
            position: position,
            open: UInt64(max(0, progress.open.load(ordering: .relaxed))),
            sharesCookie: sharesCookie
        )
    }

    /// Which cookie a slot's request carries; nil for none.
    func cookie(_ slot: Int) -> Int? {
        scenarios[Int(slab.base[slot].scenario)].endpoint.cookie(of: Int(slab.base[slot].request))
    }

    /// Notes a first stream of a connection, beside which errors are seen.
    func noteEstablished(_ slot: Int) {
        let scenario = Int(slab.base[slot].scenario)
        let position = UInt64(slab.base[slot].index)
        let last = established[scenario].map { max($0.position, position) } ?? position
        established[scenario] = (last, elapsed(since: started).inSeconds)
    }

    /// Completes a scenario's errors with what fared well beside them.
    func completeErrors(of scenario: Int, in share: inout LoadRecord) {
        guard share.errorFaces != nil else { return }
        share.errorFaces?.lastEstablished = established[scenario]?.position
        share.errorFaces?.lastEstablishedTime = established[scenario]?.time
        share.errorFaces?.cookies = cookieUses[scenario].used
        share.errorFaces?.sharingCookie = cookieUses[scenario].sharing
        share.errorFaces?.mostOpenOfCookie = cookieUses[scenario].mostOpen
    }
}

/// The names of errors in which the server ended a connection, or kept it waiting, too early for its script.
package enum EndedEarly: String, Sendable {
    /// The server closed before its response head was complete.
    case beforeHeaders = "ENDED_BEFORE_HEADERS"
    /// The server ended the stream before the stage at which it was to be dropped.
    case beforeStage = "ENDED_BEFORE_STAGE"
    /// The TCP connection did not stand in time.
    case connectTimeout = "TIMEOUT_CONNECT"
    /// The TLS handshake did not end in time.
    case handshakeTimeout = "TIMEOUT_TLS_HANDSHAKE"
    /// The response head did not come in time.
    case headersTimeout = "TIMEOUT_HEADERS"
    /// The stream stood, but its stage was not reached in time.
    case stageTimeout = "TIMEOUT_STAGE"
    /// The stream stood for its whole time, and its end marker did not come.
    case markerTimeout = "TIMEOUT_END_MARKER"
    /// The client failed to come back as often as its scenario lets it.
    case gaveUp = "RECONNECT_GAVE_UP"
    /// The client was still away when its time was over.
    case awayAtEnd = "RECONNECT_AWAY_AT_END"
}
