// Everything that can be wrong with a pack or workspace file, in order of precedence: codes and sentences.
using Recon.Model;

namespace Recon.Packs.Diagnosing;

/// <summary>
/// RC10 the bytes, RC11 the YAML, RC12 C# that YAML would eat, RC20 keys, RC21 values, RC22 parameters, RC23 names,
/// RC24 kinds, RC40 sources and passes, RC41 classes, RC42 resolutions, RC43 tests. Each has its page in
/// <c>rules/DIAGNOSTICS.md</c>.
/// </summary>
static class Findings
{
    static readonly List<Finding> Defined = [];

    public static readonly Finding FileTooLarge = Error(
        "RC1001", "the file has more than 262144 bytes");
    public static readonly Finding Utf16 = Error("RC1002", "the file is written in UTF-16; a pack is UTF-8");
    public static readonly Finding NotUtf8 = Error(
        "RC1003", "the file is not UTF-8: this byte belongs to no character");
    public static readonly Finding ControlCharacter = Error(
        "RC1004", "the control character {0} stands here");
    public static readonly Finding OddLineEnd = Error(
        "RC1005", "the line end {0} stands here, which editors do not show as one");
    public static readonly Finding InvisibleCharacter = Error(
        "RC1006", "the invisible character {0} stands here");
    public static readonly Finding TabIndent = Error("RC1007", "a tab in the indentation");
    public static readonly Finding EmptyFile = Error("RC1008", "the file is empty");

    public static readonly Finding BadYaml = Error("RC1101", "this is not YAML: {0}");
    public static readonly Finding CodeIsNoYaml = Error(
        "RC1102", "YAML cannot carry the C# of '{0}' here; write it as a block");
    public static readonly Finding TooDeep = Error("RC1103", "more than 16 levels of nesting");
    public static readonly Finding TooMuch = Error("RC1104", "more than 20000 keys, values and brackets");
    public static readonly Finding TextTooLong = Error(
        "RC1105", "one text of {0} characters; at most 8192 are read");
    public static readonly Finding SecondDocument = Error(
        "RC1106", "a second document begins here; a pack is one");
    public static readonly Finding Directive = Error("RC1107", "a YAML directive; a pack has none");
    public static readonly Finding Anchor = Error(
        "RC1108", "YAML reads '{0}' as an anchor or alias; a pack has none");
    public static readonly Finding Tag = Error("RC1109", "YAML reads '{0}' as a tag; a pack has none");
    public static readonly Finding MergeKey = Error("RC1110", "the merge key '<<'; a pack has none");
    public static readonly Finding KeyNotText = Error("RC1111", "a key must be one plain text");
    public static readonly Finding DuplicateKey = Error("RC1112", "the key '{0}' stands here twice");
    public static readonly Finding RootNotMapping = Error(
        "RC1113", "a pack begins with keys, 'recon: 1' first");

    public static readonly Finding CodeAsNode = Error("RC1201", "YAML would eat '{0}' from this C#");
    public static readonly Finding CodeCut = Error("RC1202", "YAML cuts this C# off at ' #'");
    public static readonly Finding CodeFolded = Error(
        "RC1203", "a folded text ('>') joins the lines of C#, and one '//' hides all that follow");
    public static readonly Finding CodeQuoted = Error(
        "RC1204", "C# in YAML quotes: escapes and doubled quotes change what it says");
    public static readonly Finding CodeOverLines = Error(
        "RC1205", "C# over several lines without a block: YAML joins them into one");
    public static readonly Finding CodeInFlow = Error(
        "RC1206", "C# inside {{…}} or […]: YAML splits it at commas and braces");
    public static readonly Finding CodeMissing = Error("RC1207", "'{0}' takes C# and has none");

    public static readonly Finding UnknownKey = Error("RC2001", "{1} has no key '{0}'");
    public static readonly Finding NotYet = Error(
        "RC2002", "'{0}' belongs to a later version of the language: not yet");
    public static readonly Finding MissingKey = Error("RC2003", "{1} needs '{0}'");
    public static readonly Finding WrongShape = Error("RC2004", "{0} is expected here");
    public static readonly Finding NoValue = Error("RC2005", "'{0}' has no value");
    public static readonly Finding KeyDoesNothing = Error("RC2006", "'{0}' does not apply here: {1}");
    public static readonly Finding OneOf = Error("RC2007", "{0} takes exactly one of {1}");
    public static readonly Finding TooMany = Error("RC2008", "{0} entries; at most {1} are read");
    public static readonly Finding Empty = Error("RC2009", "{0} is empty");

    public static readonly Finding WrongLanguage = Error("RC2101", "the language version is 1, not '{0}'");
    public static readonly Finding BadWord = Error("RC2102", "'{0}' is none of {1}");
    public static readonly Finding BadName = Error("RC2103", "'{0}' cannot be {1}");
    public static readonly Finding ReservedName = Error("RC2104", "the name '{0}' is taken: {1}");
    public static readonly Finding DuplicateName = Error("RC2105", "there are two {0} '{1}'");
    public static readonly Finding BadNumber = Error("RC2106", "'{0}' is not {1}");
    public static readonly Finding BadMoney = Error("RC2107", "'{0}' is no amount of money");
    public static readonly Finding NoCurrency = Error("RC2108", "which currency? {0}");
    public static readonly Finding BadDate = Error("RC2109", "'{0}' is not {1}");
    public static readonly Finding BadTolerance = Error("RC2110", "'{0}' is no tolerance for {1}");
    public static readonly Finding BadPath = Error("RC2111", "'{0}' is no path below the inputs: {1}");
    public static readonly Finding BadPattern = Error("RC2112", "'{0}' is no pattern for {1}");
    public static readonly Finding BadZone = Error("RC2113", "the time zone '{0}' is not known");
    public static readonly Finding UnknownCalendar = Error("RC2114", "the calendar '{0}' is not known");
    public static readonly Finding BadText = Error("RC2115", "'{0}' is not {1}");
    public static readonly Finding BadSum = Error(
        "RC2116", "'{0}' cannot be read as fields with + and -: {1}");
    public static readonly Finding BadJoin = Error("RC2117", "'{0}' is no join");
    public static readonly Finding BadControl = Error("RC2118", "'{0}' is no control");
    public static readonly Finding BadRegex = Error("RC2119", "'{0}' is no regular expression that runs here: {1}");

    public static readonly Finding BadNet = Error("RC2120", "'{0}' does not say what is netted");

    public static readonly Finding BadCron = Error("RC2121", "'{0}' is no cron expression: {1}");
    public static readonly Finding BadQuery = Error("RC2130", "this is no query that only reads: {0}");

    public static readonly Finding UnknownParameter = Error("RC2201", "there is no parameter '{0}'");
    public static readonly Finding ParameterKind = Error(
        "RC2202", "the parameter '{0}' is {1}; {2} is needed here");
    public static readonly Finding ParameterWithoutValue = Error(
        "RC2203", "the parameter '{0}' has no value");
    public static readonly Finding GivenParameter = Error(
        "RC2204", "the value '{1}' given for '{0}' from outside the pack is not {2}");
    public static readonly Finding GivenUnknownParameter = Error(
        "RC2205", "a value is given from outside for '{0}', which is no parameter of this pack");
    public static readonly Finding UnusedParameter = Warning("RC2206", "the parameter '{0}' is used nowhere");
    public static readonly Finding UnknownEnvironment = Error(
        "RC2207", "no parameter has a value for the environment '{0}'");
    public static readonly Finding UnknownCurrency = Warning(
        "RC2208", "'{0}' is not in ISO 4217, and no field of the pack is in it");

    public static readonly Finding UnknownSource = Error("RC2301", "there is no source '{0}'");
    public static readonly Finding UnknownField = Error("RC2302", "{1} has no field '{0}'");
    public static readonly Finding UnknownPass = Error("RC2303", "there is no pass '{0}'");
    public static readonly Finding UnknownClass = Error("RC2304", "there is no class '{0}'");
    public static readonly Finding UnknownColumn = Error("RC2305", "a {1} statement has no column '{0}'");
    public static readonly Finding AmbiguousField = Error("RC2306", "'{0}' may be of {1}");
    public static readonly Finding UnknownTrailer = Error("RC2307", "the trailer has no value '{0}'");
    public static readonly Finding NoQueryFile = Error("RC2308", "the pack has no file '{0}'");
    public static readonly Finding NotGiven = Error("RC2309", "the query asks for '@{0}', and nothing gives it");
    public static readonly Finding UnknownConnection = Error("RC2310", "the workspace has no connection '{0}'");
    public static readonly Finding NoUsedFile = Error("RC2311", "there is no file '{0}' that the pack may use");
    public static readonly Finding NothingToCopy = Error("RC2312", "no {0} before this one is '{1}'");
    public static readonly Finding UnknownPack = Error("RC2320", "the workspace has no pack '{0}'");

    public static readonly Finding KindsDiffer = Error(
        "RC2401", "{0} is {1}, {2} is {3}: they cannot face each other");
    public static readonly Finding ToleranceKind = Error("RC2402", "{0} cannot be compared within '{1}'");
    public static readonly Finding WrongKind = Error("RC2403", "{0} is {1}; {2} is needed here");
    public static readonly Finding OptionalId = Error(
        "RC2404", "the id '{0}' is optional; every record needs its id");
    public static readonly Finding TwoCurrencies = Error("RC2405", "{0} and {1} are two currencies");
    public static readonly Finding OtherCurrency = Error(
        "RC2406", "'{0}' is in {1}: an amount in {2} says nothing about it");

    public static readonly Finding NoCounterparty = Error("RC2407", "no source says which field names its counterparty");

    public static readonly Finding SourceInNoLeg = Error("RC4001", "no pass joins the source '{0}'");
    public static readonly Finding AmountOnly = Error("RC4002", "the pass '{0}' rests on the amount alone");
    public static readonly Finding NoMoneyPaired = Error(
        "RC4003", "'{0}' and '{1}' both have money and the pass pairs none");
    public static readonly Finding NoCalendar = Error("RC4004", "business days of which calendar?");
    public static readonly Finding ValueNeeded = Error(
        "RC4005", "the source '{0}' has several money fields ({1}); which one weighs?");
    public static readonly Finding SidesSwapped = Error(
        "RC4006", "the pass joins {0} to {1}: the side of {0} stands first");
    public static readonly Finding SumNeeded = Error(
        "RC4007", "'{0}' is on the many side: its amounts must be summed");
    public static readonly Finding SumOfOne = Error(
        "RC4008", "'{0}' is on the one side: there is nothing to sum");
    public static readonly Finding EmptyRange = Error("RC4009", "nothing lies between {0} and {1}");
    public static readonly Finding NoDistance = Error(
        "RC4010", "'{0}' has nothing to measure: no amount or date stands within a tolerance");
    public static readonly Finding PercentOfWhat = Error("RC4011", "{0} of what?");

    public static readonly Finding OneSidedWindow = Error(
        "RC4020", "the window of '{0}' must be the same both ways: of the two records neither comes first");
    public static readonly Finding ForeignSource = Error(
        "RC4021", "the pass looks at '{0}' alone: it has no record of '{1}'");

    public static readonly Finding NoNetAmount = Error(
        "RC4022", "the pass compares no amount, and the source '{0}' has no value: what must cancel?");
    public static readonly Finding TwoReferences = Error(
        "RC4023", "two keys name a record of '{0}' by another: which one says what is reversed?");

    public static readonly Finding NoSplit = Error(
        "RC4024", "'partial' splits one amount: the pass must hold one money field to one other within a tolerance");
    public static readonly Finding BestOfGroups = Error(
        "RC4030", "'best' pairs records one to one, and the pass joins {0}");

    public static readonly Finding BadJoinOfSeveral = Error(
        "RC4031", "a join of several sources names three to {0} of them, each once");
    public static readonly Finding WhichTwo = Error("RC4032", "'{0}' must say which two sources face each other: {1}");
    public static readonly Finding NothingMissing = Error(
        "RC4033", "the pass '{0}' does not join '{1}' with two others: none of them can be missing");

    public static readonly Finding NothingToAddUp = Error(
        "RC4040", "the pass '{0}' searches, and no amount under 'within' says what must add up");

    public static readonly Finding NotPushedDown = Error("RC4041", "the server cannot join '{0}': {1}");

    public static readonly Finding OwnPack = Error("RC4050", "'{0}' is this pack itself: '{1}' names others");
    public static readonly Finding PacksInCircle = Error("RC4051", "packs wait for each other in a circle: {0}");

    public static readonly Finding NoOtherwise = Error("RC4101", "no class has 'otherwise: true'");
    public static readonly Finding AfterOtherwise = Error(
        "RC4102", "the class '{0}' stands after 'otherwise' and is never reached");
    public static readonly Finding Unreachable = Error(
        "RC4103", "the class '{0}' is never reached: '{1}' takes the same breaks without a condition");
    public static readonly Finding DeadlineCycle = Error("RC4104", "the deadlines go round in a circle: {0}");
    public static readonly Finding NoDeadline = Warning(
        "RC4105", "the class '{0}' is expected, for ever: it has no 'until'");
    public static readonly Finding NoResolution = Error(
        "RC4106", "the class '{0}' is {1} and nothing says who acts");
    public static readonly Finding NoSuchLeg = Error("RC4107", "no pass joins '{0}' and '{1}'");
    public static readonly Finding NothingToAsk = Error("RC4108", "'when' cannot be asked {0}");
    public static readonly Finding NoBreaks = Error("RC4109", "the pass '{0}' makes no breaks: it leaves duplicates out");

    public static readonly Finding PostWithoutOnce = Error(
        "RC4201", "a posting needs 'once': what makes it one operation?");
    public static readonly Finding OnceTooWide = Error(
        "RC4202", "'once' names no field of a record: only one posting would ever be made");
    public static readonly Finding OutsideBreak = Error(
        "RC4203", "a break of class '{0}' has no record of '{1}'");
    public static readonly Finding NotBooks = Error(
        "RC4204", "postings go to a source of role books; '{0}' is {1}");
    public static readonly Finding SameAccounts = Error("RC4205", "debit and credit are both '{0}'");

    public static readonly Finding DerivedGiven = Error(
        "RC4301", "the field '{0}' is derived; a test gives only what is read");

    public static readonly Finding MoreFindings = Warning("RC9001", "{0} more findings are not shown");

    public static IReadOnlyList<Finding> All => Defined;

    static Finding Error(string code, string template) => Define(code, Severity.Error, template);

    static Finding Warning(string code, string template) => Define(code, Severity.Warning, template);

    static Finding Define(string code, Severity severity, string template)
    {
        var finding = new Finding(code, severity, template);
        Defined.Add(finding);
        return finding;
    }
}
