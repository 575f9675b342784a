import Foundation
import Testing

/// The files of a report folder, as a person and a tool open them.
struct ReportFiles {
    private static let coreKeys: Set = [
        "schema", "profile", "seed", "started", "ended", "environment", "verdict", "connections", "drops", "errors",
        "latency", "heartbeat", "leaks", "generator", "findings", "thresholds", "series",
    ]

    /// The folder's path.
    let folder: String

    /// Expects the files to be well formed, and the page to need nothing from elsewhere.
    func check() throws {
        let document = try JSONSerialization.jsonObject(with: try RunReport.json(folder: folder))
        let keys = try #require(document as? [String: Any]).keys
        #expect(Self.coreKeys.subtracting(keys).isEmpty)

        let page = try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8)
        #expect(page.lowercased().hasPrefix("<!doctype html>"))
        #expect(page.contains("<svg"))
        #expect(String(decoding: try RunReport.unpacked("\(folder)/report.html.gz"), as: UTF8.self) == page)
        let fetching =
            #"<script[^>]|<link|<iframe|<object|<embed|@import|(src|href|action)\s*=\s*["']?(https?:)?//|url\(\s*["']?(https?:)?//"#
        #expect(page.components(separatedBy: "<script").count == 2)
        #expect(page.range(of: fetching, options: [.regularExpression, .caseInsensitive]) == nil)
    }
}
