/// A climb towards a server's ceiling, level by level; it ends at the first level that does not hold.
public struct CapacityRecord: Codable, Equatable, Sendable {
    /// What ended a climb.
    public enum Ceiling: String, CaseIterable, Codable, Sendable {
        /// A threshold broke: the server's ceiling.
        case threshold
        /// The generator could not keep up: its own ceiling, not the server's.
        case generator
        /// The highest level held: the server's ceiling is higher.
        case limit
        /// The run was cut short.
        case interrupted
    }

    /// The levels that were judged, in order.
    public var levels: [CapacityLevel] = []
    /// The highest level that was planned, in streams.
    public var top: UInt64
    /// Publishes that the server took; nil where none was asked for.
    public var published: UInt64?
    /// Publishes that failed, by the error's name.
    public var publishErrors: [String: UInt64] = [:]

    /// A climb that has not begun.
    public init(top: UInt64) { self.top = top }

    /// The highest level that held; nil where none did.
    public var held: CapacityLevel? { levels.last { $0.held } }

    /// The level that did not hold; nil where all did.
    public var broken: CapacityLevel? { levels.first { !$0.held } }

    /// What ended the climb.
    public var ceiling: Ceiling {
        if let broken { return broken.saturation.isEmpty ? .threshold : .generator }
        return levels.last.map { $0.streams >= top } ?? false ? .limit : .interrupted
    }
}
