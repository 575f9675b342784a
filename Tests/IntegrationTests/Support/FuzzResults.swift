/// What `hydrotest fuzz --json` writes, as far as tests look at it.
struct FuzzResults: Decodable {
    struct Finding: Decodable {
        var id: String
        var severity: String
    }

    struct Found: Decodable {
        var finding: Finding
        var file: String?
        var steps: [String]
        var seconds: Double
    }

    var cases: [String: Int]
    var findings: [Found]
}
