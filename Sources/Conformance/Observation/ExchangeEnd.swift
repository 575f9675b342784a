/// How an exchange ended.
public enum ExchangeEnd: Equatable, Sendable {
    /// Every response was read to its end.
    case complete
    /// The time for listening was over; the connection stood.
    case listened
    /// The server closed the connection in good order.
    case closed
    /// No whole head, or no end of a body, came within the time; the limit's name.
    case timeout(String)
    /// More came than is kept; the limit's name.
    case limit(String)
    /// The connection broke, or never stood; the error's name.
    case failed(String)
    /// A signal ended it, or kept it from beginning: what came until then is no ground to judge by.
    case interrupted
    /// The exchange was not carried out; why.
    case omitted(String)

    /// The end in words.
    public var words: String {
        switch self {
        case .complete: "a complete response"
        case .listened: "a connection that stayed open"
        case .closed: "the server closed the connection"
        case .timeout(let name), .limit(let name), .failed(let name): name
        case .interrupted: "interrupted"
        case .omitted(let reason): reason
        }
    }
}
