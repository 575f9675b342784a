import Record

extension PublishRecord {
    /// Why the publish brought nothing; nil where its answer was a success (RFC 9110, 15.3).
    var failure: String? {
        if let error { return error }
        guard let status else { return "no answer came" }
        return (200..<300).contains(status) ? nil : "the answer's status was \(status)"
    }
}
