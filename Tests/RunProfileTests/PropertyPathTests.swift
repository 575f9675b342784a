import RunProfile
import Testing

@Suite struct PropertyPathTests {
    @Test func readsNames() throws {
        let path = try #require(PropertyPath("$app.streams.#open.0._ü"))
        #expect(path.root == "$app")
        #expect(path.steps == ["streams", "#open", "0", "_ü"])
        #expect(path.description == "$app.streams.#open.0._ü")
        #expect(PropertyPath("clients")?.steps == [])
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "#a", "0a", "a b", "a()", "a[0]", "a.#", "a.#0", "a;b", "a'"])
    func refuses(text: String) {
        #expect(PropertyPath(text) == nil)
    }

    @Test func isBounded() {
        let names = Array(repeating: "a", count: PropertyPath.stepLimit)
        #expect(PropertyPath(names.joined(separator: ".")) != nil)
        #expect(PropertyPath((names + ["a"]).joined(separator: ".")) == nil)
    }
}
