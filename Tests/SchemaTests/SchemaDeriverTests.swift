import Record
import Testing

@testable import Schema

@Suite struct SchemaDeriverTests {
    private enum Colour: String, CaseIterable, Codable { case red, green }
    private enum Loose: String, Codable { case one }

    private struct Leaf: Codable {
        var number: Int
        var count: UInt64?
        var colour: Colour
    }

    private struct Tree: Codable {
        var leaves: [Leaf]
        var byName: [String: Double]
        var children: [Tree]?
        var isTall: Bool?
    }

    @Test func keysAndTypesAreThoseOfTheDecoding() throws {
        let deriver = SchemaDeriver()
        let reference = try deriver.schema(of: Tree.self)
        let name = try #require(deriver.definitions.keys.first { $0.hasSuffix("Tree") })
        #expect(reference == .definition(name))
        let tree = try #require(deriver.definitions[name]).value
        #expect(tree["required"] == .list([.text("leaves"), .text("byName")]))
        #expect(tree["additionalProperties"] == .flag(false))
        #expect(tree["properties"]?["isTall"]?["type"] == .text("boolean"))
        #expect(tree["properties"]?["byName"]?["additionalProperties"]?["type"] == .text("number"))
        // What holds itself leads to itself.
        #expect(tree["properties"]?["children"]?["items"] == JSONSchema.definition(name).value)
        let leaf = try #require(deriver.definitions.first { $0.key.hasSuffix("Leaf") }).value.value
        #expect(leaf["properties"]?["count"]?["minimum"] == .number("0"))
        #expect(leaf["properties"]?["number"]?["minimum"] == nil)
        #expect(leaf["properties"]?["colour"]?["enum"] == .list([.text("red"), .text("green")]))
        #expect(leaf["required"] == .list([.text("number"), .text("colour")]))
    }

    @Test func wordsThatAreNotTheirKeysAreTheKeys() throws {
        let schema = try SchemaDeriver().schema(of: [Colour: Int].self)
        #expect(schema.value["propertyNames"]?["enum"] == .list([.text("red"), .text("green")]))
    }

    /// Without its cases an enumeration would be any text.
    @Test func anEnumerationWithoutItsCasesIsRefused() {
        #expect(throws: (any Error).self) { try SchemaDeriver().schema(of: Loose.self) }
    }
}
