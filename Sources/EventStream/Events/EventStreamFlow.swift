/// What a sink wants of the parser next.
public enum EventStreamFlow: Sendable {
    /// Go on with the input.
    case `continue`
    /// Return right after the event just handed over.
    case stop
}
