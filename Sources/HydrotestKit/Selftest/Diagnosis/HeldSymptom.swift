/// A symptom of a run, in words.
struct HeldSymptom: Equatable {
    /// The symptom.
    let symptom: Symptom
    /// What it is, in a few words.
    let words: String
}
