package sales

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

// receiptWidth is how many characters the printers of tills have in a line.
const receiptWidth = 40

// Receipt returns the receipt of a sale that Get returns, and a name for its file.
func (s *Service) Receipt(ctx context.Context, id int64) (name, text string, err error) {
	sa, err := s.Get(ctx, id)
	if err != nil {
		return "", "", err
	}
	heads, err := selectLetterhead(ctx, s.db, sa.VendorID, sa.StoreID)
	if err != nil {
		return "", "", err
	}
	if sa.OriginalID == nil {
		return receiptName(sa), sa.receipt(append(heads, letterhead{})[0], nil), nil
	}
	original, err := selectHead(ctx, s.db, sa.VendorID, *sa.OriginalID)
	return receiptName(sa), sa.receipt(append(heads, letterhead{})[0], original), err
}

func receiptName(sa *Sale) string {
	return fmt.Sprintf("receipt-%d-%d.txt", sa.StoreID, sa.ReceiptNumber)
}

// receipt is a sale as a till prints it.
func (sa *Sale) receipt(head letterhead, original *Sale) string {
	p := &printer{}
	for _, text := range append([]string{head.Vendor, head.Store}, strings.Split(head.Address, "\n")...) {
		p.center(text)
	}
	p.rule()
	p.pair(fmt.Sprintf("Receipt %d", sa.ReceiptNumber), sa.CreatedAt.UTC().Format("2006-01-02 15:04 UTC"))
	if original != nil {
		p.wrap(map[Kind]string{Return: "RETURN", Void: "VOID"}[sa.Kind] + fmt.Sprintf(" of receipt %d", original.ReceiptNumber))
	}
	p.rule()
	for _, l := range sa.Lines {
		p.wrap(l.Name)
		for _, ls := range l.Serials {
			p.indent(ls.String())
		}
		p.pair(fmt.Sprintf("  %d x %s", l.Units, l.UnitPrice), l.subtotal().String())
		p.amount("  Discount", -l.Discount)
	}
	p.rule()
	if sa.Discount != 0 || sa.Tax != 0 {
		p.pair("Subtotal", sa.Subtotal.String())
	}
	p.amount("Discount", -sa.Discount)
	p.amount("Tax "+sa.TaxRate.String()+" %", sa.Tax)
	p.pair(strings.TrimSpace("TOTAL "+sa.Currency), sa.Total.String())
	for _, t := range sa.Tenders {
		p.pair(label(t.Method), t.Amount.String())
	}
	p.amount("Change", sa.ChangeDue)
	if sa.Note != "" {
		p.rule()
		p.wrap(sa.Note)
	}
	return p.String()
}

func label(m Method) string {
	for _, choice := range m.Choices() {
		if choice.Value == string(m) {
			return choice.Label
		}
	}
	return string(m)
}

// A printer writes lines of at most receiptWidth characters.
type printer struct{ strings.Builder }

func (p *printer) rule() { p.line(strings.Repeat("-", receiptWidth)) }

func (p *printer) line(text string) { p.WriteString(strings.TrimRight(text, " ") + "\n") }

// center writes a text in the middle, nothing for none.
func (p *printer) center(text string) {
	for _, part := range wrapped(text, receiptWidth) {
		p.line(strings.Repeat(" ", (receiptWidth-utf8.RuneCountInString(part))/2) + part)
	}
}

// wrap writes a text in as many lines as it needs.
func (p *printer) wrap(text string) {
	for _, part := range wrapped(text, receiptWidth) {
		p.line(part)
	}
}

// indent writes a text like wrap, two characters to the right.
func (p *printer) indent(text string) {
	for _, part := range wrapped(text, receiptWidth-2) {
		p.line("  " + part)
	}
}

// pair writes what something is, and what it comes to, at the two ends of a line; of two if they do not fit into one.
func (p *printer) pair(left, right string) {
	space := receiptWidth - utf8.RuneCountInString(left) - utf8.RuneCountInString(right)
	if space < 1 {
		p.line(left)
		left, space = "", receiptWidth-utf8.RuneCountInString(right)
	}
	p.line(left + strings.Repeat(" ", max(space, 0)) + right)
}

// amount writes what is not 0.
func (p *printer) amount(left string, amount core.Money) {
	if amount != 0 {
		p.pair(left, amount.String())
	}
}

// wrapped splits a text into lines of at most so many characters between words, and words that are longer than a line.
func wrapped(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		word = console.Printable(word)
		for runes := []rune(word); len(runes) > width; runes = []rune(word) {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, word = append(lines, string(runes[:width])), string(runes[width:])
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
