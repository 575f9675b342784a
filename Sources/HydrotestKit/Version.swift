/// Hydrotest's version, as reports and requests carry it.
public enum Version {
    /// The version of this build.
    public static let current = "0.1.0"
}
