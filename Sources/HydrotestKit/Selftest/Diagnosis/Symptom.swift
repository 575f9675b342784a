/// Something that a run holds against a server.
enum Symptom: Hashable {
    /// A leak of a gauge, by its series' name.
    case leak(String)
    /// A finding, by its id.
    case finding(String)
}
