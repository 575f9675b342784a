/// A value given beside a profile in place of the one it holds: `scenarios.droppers.connections=500`.
///
/// The keys before the first `=` lead from the document's root to a value; an item of a list is named by its position,
/// from 0, or by its `name`. Maps that are missing are made. The value is read as YAML, and checked as the profile's own.
public struct ProfileOverride: Hashable, Sendable {
    /// The override as written: `KEY.PATH=VALUE`.
    public var text: String

    /// An override that is checked when the profile is read.
    public init(_ text: String) { self.text = text }
}
