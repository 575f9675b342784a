import EventLoop
import Glibc
import Logging
import Transport

extension SocketThread {
    func watchListener(_ index: Int) {
        let token = ConnectionToken(slot: index, generation: 0)
        do {
            try loop.add(listeners[index].descriptor, for: .readable, token: token.rawValue)
        } catch {
            logger.error("cannot watch a listener", metadata: ["error": "\(error)"])
        }
    }

    /// Accepts again after a pause.
    func resumeAccepting(from index: Int) {
        if !faults.acceptsAtOnce { accept(from: index) }
        watchListener(index)
    }

    /// Takes waiting connections; what is left over is reported again in the next turn.
    func accept(from index: Int) {
        for _ in 0..<ReferenceServerLimits.acceptsPerTurn {
            do throws(SystemError) {
                guard let descriptor = try Socket.accept(listeners[index].descriptor) else { return }
                open(descriptor, tls: listeners[index].tls)
            } catch {
                switch error.number {
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pauseAccepting(index, error)
                // That connection is gone, or this thread was interrupted; the next one may do.
                default: continue
                }
            }
        }
    }

    private func open(_ descriptor: Int32, tls: TLSServerContext?) {
        guard connections.count < ReferenceServerLimits.connections else {
            metrics.refused.add()
            return Socket.close(descriptor)
        }
        // Failing closes the socket.
        guard let stream = try? ByteStream.accepted(descriptor, tls: tls) else { return metrics.refused.add() }
        isShortOfDescriptors = false
        metrics.accepted.add()
        metrics.sockets.add()
        let connection = connections.insert { Connection(token: $0, stream: stream) }
        connection.number = metrics.accepted.value
        do {
            // Edges, so that no interest has ever to be changed.
            try loop.add(
                descriptor,
                for: [.readable, .writable, .peerClosed, .edgeTriggered],
                token: connection.token.rawValue
            )
            if faults.limitsFirstRequest { startTimer(of: connection, after: requestTimeout) }
        } catch {
            close(connection)
        }
    }

    /// A listener stays readable while descriptors are short: watching it would only spin.
    private func pauseAccepting(_ index: Int, _ error: SystemError) {
        metrics.acceptPauses.add()
        // Said once for each shortage, not ten times a second.
        if !isShortOfDescriptors {
            logger.warning("descriptors have run out, accepting pauses", metadata: ["error": "\(error.name)"])
        }
        isShortOfDescriptors = true
        loop.remove(listeners[index].descriptor)
        loop.timers.set(index, at: loop.turnStarted + ReferenceServerLimits.acceptPause)
    }
}
