import RunProfile

/// Profiles: whatever the text, there is a profile, or errors that can be printed.
enum ProfileTarget {
    private static let reader = ProfileReader(environment: ["TOKEN": "secret"])

    static func run(_ bytes: UnsafeRawBufferPointer) {
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            _ = try reader.read(text, file: "fuzz.yaml", needsScenarios: false)
        } catch {
            precondition(!error.errors.isEmpty && !error.description.isEmpty, "an error without a word")
        }
    }
}
