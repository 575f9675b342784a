import Record
import Vocabulary

/// The faults that others than the streams tell of: ordinary requests, and clients that stall before theirs.
extension Symptoms {
    /// Ordinary requests that wait for open streams.
    var starvation: FaultCause? {
        guard hasFinding("streams-harm-others") else { return nil }
        return FaultCause(.starvesBystanders, findings: ["streams-harm-others"])
    }

    /// Connections that stall, and are never ended; no time is too short that other servers' clients are ended in.
    var handshake: FaultCause? {
        guard hasFinding("no-handshake-timeout") else { return nil }
        return FaultCause(.noHandshakeTimeout, findings: ["no-handshake-timeout"])
    }
}
