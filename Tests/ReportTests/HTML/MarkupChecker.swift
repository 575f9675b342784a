/// Checks that a page's tags are balanced, and gathers them.
struct MarkupChecker {
    private static let void: Set<String> = ["meta", "br", "hr", "link", "img", "input"]

    private(set) var tags: [String] = []
    private(set) var problem: String?

    init(_ page: String) {
        var open: [String] = []
        var rest = page[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("!") { continue }
            let name = String(tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" && tag.first == "/" })
            if name.hasPrefix("/") {
                if open.popLast() != String(name.dropFirst()) {
                    problem = problem ?? "</\(name.dropFirst())> closes nothing"
                }
            } else {
                tags.append(String(tag))
                if tag.filter({ $0 == "\"" }).count % 2 != 0 { problem = problem ?? "quotes of <\(tag)>" }
                if !tag.hasSuffix("/") && !Self.void.contains(name) { open.append(name) }
            }
        }
        if !open.isEmpty { problem = problem ?? "\(open) stay open" }
    }
}
