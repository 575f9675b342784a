import Verdict

extension FindingAdvice {
    /// What streams, and clients that never finish their handshake, do to everybody else.
    static func others(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .streamsHarmOthers:
            (
                "An open stream takes what ordinary requests need: users who watch nothing feel it as well.",
                "Look at what a stream holds while it is quiet: a thread, a database connection, a session's lock. Give "
                    + "it back before the stream begins, or give streams a pool of their own."
            )
        case .bystanderUnmeasured:
            (
                "Nothing is said about the endpoint: too little was seen of it to compare.",
                "Lengthen `leak.baseline`, shorten the bystander's `every`, and look whether its address and `expect` "
                    + "are right."
            )
        case .noHandshakeTimeout:
            (
                "A client that connects and says nothing more costs the server a socket for as long as it likes.",
                "Look for the server's timeout of handshakes and request heads: client_header_timeout (nginx), "
                    + "headersTimeout (Node), ReadHeaderTimeout (Go), RequestReadTimeout (Apache)."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}
