import Foundation

/// The results of a self-test as another program reads them.
struct SelftestResults: Decodable {
    /// One case.
    struct Case: Decodable {
        let server: String
        let transport: String
        let found: [String]
        let unexplained: [String]
    }

    let passed: Bool
    let cases: [Case]

    /// Reads the file that the command has written.
    init(file: String) throws {
        self = try JSONDecoder().decode(Self.self, from: try Data(contentsOf: URL(fileURLWithPath: file)))
    }
}
