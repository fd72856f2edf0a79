package text

import (
	"strings"
	"testing"
)

// ownLanguages holds texts in the languages of the interface, whose sentences are parted by " | ". Each was written
// for a kind of stop that ends no sentence, or for one that does.
var ownLanguages = map[string][]string{
	"de": {
		`Im 19. Jahrhundert stand dort eine Mühle aus Holz. | Sie brannte ab.`,
		`Das Fest findet am 3. Advent statt. | Der 2. Weltkrieg war vorbei.`,
		`König Ludwig II. von Bayern baute das Schloss. | Er starb 1886.`,
		`Dr. med. Anna Roth und Prof. Dr. Kurt Heim kamen. | Sie blieben bis 18.30 Uhr.`,
		`Es kostet ca. 5 Mio. Euro bzw. 6 Mrd. Kronen. | Das ist viel.`,
		`Viele Tiere, z. B. Hunde, sind hier. | Auch u. a. Katzen und d. h. Kater.`,
		`Die Firma Maas & Co. KG schloss am 1. Mai 2019. | Die Halle steht leer.`,
		`Er wohnt in der Hauptstr. 12 in St. Gallen. | Sie wohnt am Goetheplatz.`,
		`Das Haus in der Haupt- oder Bahnhof-str. 12 steht leer. | Es ist alt.`,
		`Vgl. Abb. 3 und Kap. 2 auf S. 15 ff. | Mehr steht dort nicht.`,
		`Sie kam am 24.12.2020 an. | Am 25. ging sie.`,
		`Er kam am 3. | Dann ging er. | Sie blieb bis zum 12. | Es war kalt. | Offen ist es ab dem 30. | Wir kommen.`,
		`Die 3. Brücke und das 2. Tor sind neu. | Das ist m. E. Unsinn. | Er ging.`,
		`„Wer kommt?“, fragte er. | „Niemand.“ | Dann ging er.`,
		`Das gilt usw. usf. | Es war spät.`,
		`Die Stadt hat 12.500 Einwohner. | 3.000 davon sind Kinder.`,
		`Der Ort liegt nördl. der Donau. | Er ist klein.`,
		`Dr. phil. Eva Holt wohnt in der Lindenstr. 5 am Park. | Sie lehrt.`,
		`Insbes. Hunde und ggf. Katzen sind hier. | Zzgl. 5 Euro.`,
		`Karl d. Gr. kam nach Aachen. | Dort blieb er.`,
		`Sie war von 1990 bis 1995 Ministerin a. D. und Beraterin. | Dann ging sie.`,
	},
	"fr": {
		`M. Dumas et Mme. Petit sont venus. | Ils sont repartis.`,
		`MM. Morel et Perrin ont signé. | Le maire aussi.`,
		`MM. Le Goff et La Roche ont signé. | Le maire aussi.`,
		`Le Dr. Vasseur habite av. Foch, n° 12. | Sa sœur habite bd. Ney.`,
		`Il est né en 52 av. J.-C. à Rome. | Il est mort jeune.`,
		`Voir p. 12, fig. 3 et art. 5. | Le reste est perdu.`,
		`Le XIXe s. fut long. | La ville a grandi.`,
		`« Tout est perdu. | Nous partons », a dit le maire. | Il pleuvait.`,
		`« Vraiment ? » demanda-t-elle. | Personne ne répondit.`,
		`Cf. chap. 3 et art. 12 du code. | La loi est vieille.`,
		`Env. 300 personnes, etc. | Le pont est fermé.`,
		`La S.N.C.F. a fermé la gare. | Les trains ne passent plus.`,
		`Le prix est de 3,5 M. d'euros. | C'est trop.`,
		`St. Pierre et Ste. Anne sont des villages. | On y va à pied.`,
		`Il habite chez J.-P. Morel. | Elle aussi.`,
		`C'est fini… | Il part.`,
	},
	"es": {
		`El Sr. López y la Dra. Ruiz fundaron la fábrica en 1921. | Vende a EE. UU. y Cuba.`,
		`Los Sres. Gil y Soto llegaron. | La Sra. Campos no.`,
		`Vive en la Av. Mayor, núm. 12, 3.º piso. | Su hija vive lejos.`,
		`¿Quién vino? | Nadie. | ¡Qué frío!`,
		`«No hay agua. | Nos vamos», dijo el alcalde. | Llovía.`,
		`Véase la pág. 12 y el art. 5. | Lo demás se perdió.`,
		`Nació en el s. XIX a. C. en Roma. | Murió joven.`,
		`El Prof. Dr. D. Tomás Ibarra habló. | Nadie escuchó.`,
		`Hay perros, gatos, etc. | El puente está cerrado.`,
		`El castillo es del s. V y el puente del s. XII. | Los dos están en ruinas.`,
		`Cía. Gil y Hnos. Soto cerraron. | La calle está vacía.`,
		`Costó aprox. 3.500 euros. | Es caro.`,
		`La empresa Molina S. A. cerró. | La nave está vacía.`,
		`Llegó a las 9 a. m. del lunes. | Se fue a las 5 p. m. | Nadie lo vio.`,
		`Ud. no puede pasar. | Uds. tampoco.`,
		`El Excmo. Sr. alcalde y el Ilmo. obispo cenaron. | Era tarde.`,
	},
	"ur": {
		`پل بند ہے۔ | لوگ پیدل چلتے ہیں۔`,
		`کون آیا؟ | کوئی نہیں۔`,
		`ڈاکٹر اے۔ کیو۔ خان نے کہا کہ پل بند ہے۔ | لوگ چلے گئے۔`,
		`پی۔ٹی۔آئی نے جلسہ کیا۔ | بارش ہوئی۔`,
		`قیمت 3.5 ارب روپے ہے۔ | یہ بہت ہے۔`,
		`”پل بند ہے۔ | ہم جا رہے ہیں،“ اس نے کہا۔ | بارش ہوئی۔`,
		`کیا یہ سچ ہے؟! | نہیں۔`,
		`وہ ۱۹۴۷ء میں آیا۔ | پھر گیا۔`,
	},
	"ps": {
		`پل تړلی دی. | خلک پلي ځي.`,
		`څوک راغی؟ | هیڅوک نه.`,
		`پل تړلی دی۔ | خلک ځي۔`,
		`هغه په ۱۳۹۹ ه. ش. کال کې راغی. | بیا لاړ.`,
		`بیه ۳.۵ میلیونه ده. | دا ډېر دي.`,
		`هغه وویل: «پل تړلی دی. | موږ ځو.» | باران و.`,
	},
	"fa": {
		`پل بسته است. | مردم پیاده می روند.`,
		`چه کسی آمد؟ | هیچ کس!`,
		`او در سال ۱۳۹۹ ه. ش. آمد. | بعد رفت.`,
		`قیمت ۳.۵ میلیون است. | این زیاد است.`,
		`او گفت: «پل بسته است. | ما می رویم.» | باران بود.`,
		`در ص. ۱۲ آمده است. | دیگر چیزی نیست.`,
		`ارسطو در سال ۳۸۴ ق. م. زاده شد. | او فیلسوف بود.`,
	},
}

func TestOwnLanguages(t *testing.T) {
	for language, cases := range ownLanguages {
		for _, c := range cases {
			text := strings.ReplaceAll(c, " | ", " ")
			var got []string
			for _, s := range Sentences(text) {
				got = append(got, s.Of(text))
			}
			if g := strings.Join(got, " | "); g != c {
				t.Errorf("%s: cut\n\t%s\nwant\n\t%s", language, g, c)
			}
		}
	}
}
