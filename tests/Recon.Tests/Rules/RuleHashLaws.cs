// Law: rules of one name have one image, to the byte, whatever was changed around them.
using CsCheck;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class RuleHashLaws
{
    static readonly RulesOfAPack Pairs = RulesOfAPack.OfCase("pairs");

    const int Ledger = 0;

    const int AmountOfLedger = 1;

    const int Provider = 1;

    const int FeeOfProvider = 2;

    /// <summary>What an image depends on, by a change of each.</summary>
    static readonly Dictionary<string, RulesOfAPack> InTheName = new()
    {
        ["text of a rule"] = Pairs.WithRule(0, rule => rule with { Rule = rule.Rule with { Text = $"!({rule.Rule.Text})" } }),
        ["path of a rule"] = Pairs.WithRule(0, rule => rule with { Rule = rule.Rule with { Path = "another" } }),
        ["order of the rules"] = Pairs with { Rules = [.. Pairs.Rules.Reverse()] },
        ["one rule less"] = Pairs with { Rules = [.. Pairs.Rules.Skip(1)] },
        ["sides of a rule"] = Pairs.WithRule(0, rule => rule with { Shape = new RuleShape.OfPair(Pairs.Sources[Provider], Pairs.Sources[Ledger]) }),
        ["a list for a record"] = Pairs.WithRule(0, rule => rule with { Shape = new RuleShape.OfGroup(Pairs.Sources[Ledger], Pairs.Sources[Provider]) }),
        ["two lists"] = Pairs.WithRule(0, rule => rule with { Shape = new RuleShape.OfGroups(Pairs.Sources[Ledger], Pairs.Sources[Provider]) }),
        ["one record for two"] = Pairs.WithRule(0, rule => rule with { Shape = new RuleShape.OfRecord(Pairs.Sources[Ledger]) }),
        ["a value for yes or no"] = Pairs.WithRule(0, rule => rule with { Shape = ValueOf(FieldKind.Text) }),
        ["name of a source"] = Pairs.With(Ledger, source => source with { Name = "books" }),
        ["order of the sources"] = Pairs with { Sources = [.. Pairs.Sources.Reverse()] },
        ["one more source"] = Pairs with { Sources = [.. Pairs.Sources, Pairs.Sources[Ledger] with { Name = "bank" }] },
        ["kind of a field"] = Pairs.WithField(Ledger, AmountOfLedger, field => field with { Kind = FieldKind.Number }),
        ["a field may be missing"] = Pairs.WithField(Ledger, AmountOfLedger, field => field with { Optional = true }),
        ["a field may not be missing"] = Pairs.WithField(Provider, FeeOfProvider, field => field with { Optional = false }),
        ["name of a field"] = Pairs.WithField(Ledger, AmountOfLedger, field => field with { Name = "value" }),
        ["an unread field is put first"] = Pairs.WithFields(Ledger, fields => fields.Prepend(Unread)),
        ["an unread field is put between"] = Pairs.WithFields(Provider, fields => [.. fields.Take(2), Unread, .. fields.Skip(2)]),
        ["an unread field is taken away"] = Pairs.WithFields(Ledger, fields => fields.Skip(1)),
        ["an unread field is moved"] = Pairs.WithFields(Ledger, fields => [.. fields.Skip(1), fields[0]]),
        ["two fields change places"] = Pairs.WithFields(Ledger, fields => [fields[0], fields[2], fields[1], .. fields.Skip(3)]),
        ["name of a parameter"] = Pairs.WithParameter(0, parameter => parameter with { Name = "another" }),
        ["kind of a parameter"] = Pairs.WithParameter(0, parameter => parameter with { Kind = FieldKind.Number, Value = "1" }),
        ["text of a parameter"] = Pairs.WithParameter(1, parameter => parameter with { Value = "another" }),
        ["one parameter less"] = Pairs with { Parameters = [.. Pairs.Parameters.Skip(1)] },
    };

    /// <summary>What an image does not depend on.</summary>
    static readonly Dictionary<string, RulesOfAPack> NotInTheName = new()
    {
        ["place of a rule"] = Pairs.WithRule(0, rule => rule with { Rule = rule.Rule with { Place = rule.Rule.Place with { Line = 99 } } }),
        ["amount of a parameter"] = Pairs.WithParameter(0, parameter => parameter with { Value = "0.03 EUR" }),
        ["an unread field is put last"] = Pairs.WithFields(Ledger, fields => fields.Append(Unread)),
        ["what is read of a source"] = Pairs.With(Ledger, source => source with
        {
            Index = 7,
            Role = SourceRole.Books,
            Zone = "Asia/Tokyo",
            Id = "entry_id",
            Value = "amount",
        }),
        ["how a field is read"] = Pairs.WithField(Ledger, AmountOfLedger, field => field with
        {
            Column = "Amount",
            Currency = new CurrencyRule(null, "ccy"),
            Clean = [new CleaningStep(CleaningKind.Trim)],
        }),
    };

    public static TheoryData<string> Named => [.. InTheName.Keys];

    public static TheoryData<string> Unnamed => [.. NotInTheName.Keys];

    [Theory]
    [MemberData(nameof(Named))]
    public void What_an_image_depends_on_is_in_its_name(string change) =>
        Assert.NotEqual(Pairs.Hash, InTheName[change].Hash);

    [Theory]
    [MemberData(nameof(Unnamed))]
    public void What_makes_no_other_image_makes_no_other_name(string change)
    {
        Assert.Equal(Pairs.Hash, NotInTheName[change].Hash);
        Assert.Equal(Pairs.Compile().Image, NotInTheName[change].Compile().Image);
    }

    [Fact]
    public void A_derivation_is_named_by_the_fields_before_it()
    {
        var (fields, rule) = (Pairs.Sources[Ledger].Fields, Pairs.Rules[0].Rule);
        var field = Unread with { Name = "later", Derived = rule };
        var hash = Derived([.. fields, field]).Hash;
        Assert.NotEqual(hash, Derived([field, .. fields]).Hash);
        Assert.NotEqual(hash, Derived([.. fields, field with { Kind = FieldKind.Number }]).Hash);
        // What was derived before may be missing.
        Assert.NotEqual(hash, Derived([.. fields.Select(each => each.Name == "kind" ? each with { Derived = rule } : each), field]).Hash);
    }

    /// <summary>The compiler itself, which keeps nothing, is the oracle.</summary>
    [Fact]
    public void Rules_of_one_name_have_one_image()
    {
        var packs = ShippedPacks().Concat([Pairs, RulesOfAPack.OfCase("records"), RulesOfAPack.OfCase("groups")])
            .Select(pack => (Given: pack, pack.Hash, Image: new Lazy<byte[]?>(() => pack.Compile().Image))).ToList();
        var choice = Gen.Int[0, int.MaxValue - 1];
        Gen.Select(Gen.Int[0, packs.Count - 1], Gen.Select(choice, choice, choice).Array[1, 3]).Holds(
            (pack, changes) =>
            {
                var (given, hash, image) = packs[pack];
                var changed = changes.Aggregate(given, Changed);
                Assert.True(changed.Hash != hash || changed.Compile().Image.AsSpan().SequenceEqual(image.Value), given.Name);
            },
            oneIn: 10);
    }

    static IEnumerable<RulesOfAPack> ShippedPacks() =>
        Directory.EnumerateFiles(RepositoryRoot.Of("rules"), "pack.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(RulesOfAPack.OfFile);

    static FieldSpec Unread => new("zzq", FieldKind.Text, true, "zzq", null, null, [], null, null, null, null, null);

    static RuleShape.OfField ValueOf(FieldKind kind) => new(Pairs.Sources[Ledger], Pairs.Sources[Ledger].Fields.First(field => field.Kind == kind));

    static RulesOfAPack Derived(IReadOnlyList<FieldSpec> fields)
    {
        var source = Pairs.Sources[Ledger] with { Fields = fields };
        var rule = new RuleRef("later", "ledger.kind", Pairs.Rules[0].Rule.Place);
        return Pairs with { Rules = [new(rule, new RuleShape.OfField(source, source.Field("later")))], Sources = [source] };
    }

    // Each number chooses: a source, one of its fields that are read, and what becomes of it.
    static RulesOfAPack Changed(RulesOfAPack pack, (int Source, int Field, int Change) choice)
    {
        var source = choice.Source % pack.Sources.Count;
        var fields = pack.Sources[source].Fields;
        var read = fields.Count(field => field.Derived is null);
        if (read == 0)
        {
            return pack;
        }

        var at = choice.Field % read;
        var isNamed = pack.Rules.Any(rule => rule.Rule.Text.Contains(fields[at].Name, StringComparison.Ordinal));
        return (choice.Change % 5) switch
        {
            0 when fields.All(field => field.Name != Unread.Name) =>
                pack.WithFields(source, all => [.. all.Take(at + 1), Unread, .. all.Skip(at + 1)]),
            0 => pack,
            1 => isNamed ? pack : pack.WithFields(source, all => all.Where((_, index) => index != at)),
            2 => pack.WithFields(source, all => [.. all.Take(at).Skip(1), all[at], .. all.Take(Math.Min(at, 1)), .. all.Skip(at + 1)]),
            3 => pack.WithField(source, at, field => field with { Optional = !field.Optional }),
            _ => pack.WithField(source, at, field => field with { Kind = (FieldKind)(((int)field.Kind + 1) % Enum.GetValues<FieldKind>().Length) }),
        };
    }
}
