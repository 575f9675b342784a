/// How a scenario's streams are read once their response head has come.
public enum ReadPace: Equatable, Sendable {
    /// As bytes come.
    case full
    /// At most so many bytes a second.
    case rate(Double)
    /// Not at all.
    case stop
}
