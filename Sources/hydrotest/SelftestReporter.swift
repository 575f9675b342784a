import EventLoop
import Foundation
import HydrotestKit
import Vocabulary

/// Tells each case of a self-test as it ends, and keeps the profiles of those that went wrong.
final class SelftestReporter: Sendable {
    private let cases: Int
    private let folder: String
    private let count = Locked(0)

    /// A reporter of so many cases.
    init(cases: Int, folder: String) {
        self.cases = cases
        self.folder = folder
    }

    /// Tells one result.
    func tell(_ result: SelftestResult) {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let seconds = NumberText.threeDigits(result.seconds)
        Output.line("[\(number)/\(cases)] \(result.selftest.name): \(Self.words(result)) (\(seconds) s)")
        guard !result.isRight else { return }
        for path in keep(result) { Output.line("  repeat it: hydrotest run \(ShellText.quote(path))") }
    }

    private static func words(_ result: SelftestResult) -> String {
        var words: [String] = []
        if let failure = result.failure { words.append("NOT CARRIED OUT: \(failure)") }
        if let found = result.found { words.append(found ? "found" : "MISSED") }
        if !result.accusations.isEmpty {
            words.append("FALSELY ACCUSED of \(result.accusations.joined(separator: "; "))")
        }
        return words.isEmpty ? "not accused" : words.joined(separator: ", ")
    }

    /// Writes the profiles of a case; one that cannot be written is left out.
    private func keep(_ result: SelftestResult) -> [String] {
        result.profiles.compactMap { name, text in
            let path = "\(folder)/\(result.selftest.name)-\(name).yaml"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return path
            } catch {
                Output.error("hydrotest: cannot write \"\(path)\"; name another folder with --report-dir")
                return nil
            }
        }
    }
}
