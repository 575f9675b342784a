/// In which order the steps of different clients are carried out.
public enum CaseOrder: String, CaseIterable, Sendable {
    /// One after the other, as they are written.
    case sequence
    /// Those of one client one after the other, those of different clients at the same time.
    case race
}
