import RunProfile
import Testing

@testable import Schema

/// The schema and the reader know the same keys: what one gains, the other must.
@Suite struct ProfileSchemaTests {
    private static let objects = SchemaObjects.find(in: ProfileSchema.schema.value)

    /// The keys that the reader knows at a path, told by the error of one that it does not.
    private static func keysOfReader(_ path: String, source: String = "") throws -> Set<String> {
        var text = "unheardOf: 1"
        for part in path.split(separator: ".").reversed() {
            let name = part.replacing("[]", with: "").replacing("{}", with: "")
            var value = "{ \(text) }"
            if part.hasSuffix("{}") { value = "{ any: \(value) }" }
            if part.hasSuffix("[]") { value = "[\(value)]" }
            text = "\(name): \(value)"
            // Spikes are looked at beside a rate only.
            if name == "spikes" { text = "rate: 5/s, \(text)" }
            if name == "instances" {
                text = "name: any, http: 'http://127.0.0.1:1/', gauges: { a: /a }, \(text)"
            }
            if name == "gauges" { text = "name: any, \(source), \(text)" }
        }
        do {
            _ = try ProfileReader(environment: [:]).read(path.isEmpty ? text : "{ \(text) }", file: "made.yaml")
            return []
        } catch {
            return Set(error.errors.first { $0.problem == "unknown key" }?.knownKeys ?? [])
        }
    }

    @Test(arguments: Set(objects.map(\.path)).sorted()) func eachMapHasTheReadersKeys(path: String) throws {
        let inSchema = Set(Self.objects.filter { $0.path == path }.map(\.keys))
        let sources =
            path.hasSuffix("gauges{}")
            ? ["http: 'http://127.0.0.1:1/'", "prometheus: 'http://127.0.0.1:1/'", "exec: [a]", "inspector: 9229"]
            : [""]
        let inReader = Set(try sources.map { try Self.keysOfReader(path, source: $0) })
        #expect(inSchema == inReader)
    }

    @Test func theMapsAreFound() {
        let paths = Set(Self.objects.map(\.path))
        let expected: Set = [
            "", "target", "target.tls", "scenarios[].arrival.ramp[]", "probes[].gauges{}", "capacity.publish",
        ]
        #expect(paths.isSuperset(of: expected))
    }

    @Test(arguments: ["tls-finished-withheld", "close-notify", "unbounded-queue", "fds.eventpoll", "connect\\\\.p99"])
    func itsWordsAreTheVocabularys(word: String) {
        #expect(ProfileSchema.document.contains(word))
    }
}
